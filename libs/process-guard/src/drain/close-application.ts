import { ModulesContainer, type HttpAdapterHost } from '@nestjs/core';
import {
  callAppShutdownHook,
  callBeforeAppShutdownHook,
  callModuleDestroyHook,
} from '@nestjs/core/hooks/index.js';

/** Does what `app.close()` does, from inside: a module has no way to the application that it is part of. */
export async function closeApplication(modules: ModulesContainer, host: HttpAdapterHost): Promise<void> {
  const deepestFirst = [...modules.values()].toSorted((one, other) => other.distance - one.distance);
  for (const module of deepestFirst) await callModuleDestroyHook(module);
  for (const module of deepestFirst) await callBeforeAppShutdownHook(module);
  await host.httpAdapter.close();
  for (const module of deepestFirst) await callAppShutdownHook(module);
}
