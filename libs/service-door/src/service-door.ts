import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { registerDoorConstraint } from './door-constraint.js';
import { createDoorServer } from './door-server.js';
import { fastifyOf } from './fastify-of.js';
import { openDoor, type OpenDoor } from './open-door.js';
import { SERVICE_DOOR_OPTIONS, type ServiceDoorOptions } from './service-door-options.js';

/** Opens when the application listens, and closes with its last shutdown hooks, after the drain of the front door. */
@Injectable()
export class ServiceDoor implements OnApplicationShutdown {
  /**
   * Resolves with the place once the door is open, so await it after `app.listen()`.
   * @throws ServiceDoorError if the door cannot be opened
   */
  readonly opened: Promise<string>;
  private opening: Promise<OpenDoor> | undefined;

  constructor(
    @Inject(SERVICE_DOOR_OPTIONS) private readonly options: ServiceDoorOptions,
    private readonly host: HttpAdapterHost,
  ) {
    // Nest's test module has no server yet when it makes its providers.
    if (host.httpAdapter) registerDoorConstraint(fastifyOf(host));
    else host.init$.subscribe(() => registerDoorConstraint(fastifyOf(host)));
    this.opened = new Promise((resolve, reject) => {
      host.listen$.subscribe(() => {
        this.opening = this.open();
        this.opening.then(({ address }) => resolve(address), reject);
      });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    // One that could not be opened has been told of, and has nothing to close.
    const door = await this.opening?.catch(() => undefined);
    await door?.close();
  }

  private async open(): Promise<OpenDoor> {
    const fastify = fastifyOf(this.host);
    const token = 'tcp' in this.options ? this.options.tcp.token : null;
    const door = await openDoor(createDoorServer(fastify, token), this.options);
    new Logger('ServiceDoor').log(`the service door is open at ${door.address}`);
    return door;
  }
}
