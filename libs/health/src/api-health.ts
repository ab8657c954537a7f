import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse } from '@nestjs/swagger';

type Schema = NonNullable<Extract<Parameters<typeof ApiOkResponse>[0], { schema: unknown }>['schema']>;

const PROBES = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    required: ['status'],
    properties: { status: { type: 'string', enum: ['up', 'down'] }, message: { type: 'string' } },
    additionalProperties: true,
  },
} satisfies Schema;

/** Describes an operation that answers with Terminus' result. */
export function ApiHealth(summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiOkResponse({ description: 'All of it is up.', schema: resultSchema(['ok']) }),
    ApiServiceUnavailableResponse({
      description: 'Something is down, or the service is about to stop.',
      schema: resultSchema(['error', 'shutting_down']),
    }),
  );
}

function resultSchema(statuses: string[]): Schema {
  return {
    type: 'object',
    required: ['status', 'info', 'error', 'details'],
    properties: {
      status: { type: 'string', enum: statuses },
      info: { ...PROBES, description: 'What is up.' },
      error: { ...PROBES, description: 'What is down.' },
      details: { ...PROBES, description: 'Both.' },
    },
  };
}
