import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/** Two of them would each drain, end and write last words for the same process. @throws Error if there are */
export function refuseSecondGuard(modules: ModulesContainer, guard: Type): void {
  const guarded = [...modules.values()].filter(({ providers }) => providers.has(guard));
  if (guarded.length > 1) {
    throw new Error(
      `ProcessGuardModule.forRoot is imported with ${guarded.length} sets of options; import it once, in the root module`,
    );
  }
}
