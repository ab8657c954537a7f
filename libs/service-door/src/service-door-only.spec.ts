import { Controller, Get } from '@nestjs/common';
import { RouteConstraints } from '@nestjs/platform-fastify';
import { isServiceDoorOnly, ServiceDoorOnly } from './index.js';

function handlerOf({ prototype }: { readonly prototype: object }, name: string): object {
  return Object.getOwnPropertyDescriptor(prototype, name)?.value;
}

describe('@ServiceDoorOnly()', () => {
  it('marks one handler', () => {
    class Shop {
      @ServiceDoorOnly()
      @Get('till')
      till() {}
      @Get('door')
      door() {}
    }
    expect([handlerOf(Shop, 'till'), handlerOf(Shop, 'door')].map(isServiceDoorOnly)).toEqual([true, false]);
  });

  it('marks every handler of a controller, and keeps their other constraints', () => {
    @ServiceDoorOnly()
    @Controller()
    class Shop {
      @Get('till')
      till() {}
      @Get('safe')
      @RouteConstraints({ host: 'shop.test' })
      safe() {}
    }
    expect([handlerOf(Shop, 'till'), handlerOf(Shop, 'safe')].map(isServiceDoorOnly)).toEqual([true, true]);
    expect(Reflect.getMetadata(RouteConstraints({}).KEY, handlerOf(Shop, 'safe'))).toEqual({
      host: 'shop.test',
      serviceDoor: true,
    });
  });

  it('refuses a controller whose inherited handlers would be open to all', () => {
    class Shop {
      @Get('till')
      till() {}
    }
    expect(() => {
      @ServiceDoorOnly()
      class Branch extends Shop {}
      return Branch;
    }).toThrow(
      'Branch is @ServiceDoorOnly() and inherits the handler till, which would be served at every door',
    );
  });

  it('takes a controller that inherits what is marked already, or no handler at all', () => {
    class Shop {
      @ServiceDoorOnly()
      @Get('till')
      till() {}
      count() {}
    }
    @ServiceDoorOnly()
    class Branch extends Shop {
      @Get('safe')
      safe() {}
    }
    expect(isServiceDoorOnly(handlerOf(Branch, 'safe'))).toBe(true);
  });
});
