import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { HTTP_PROBLEMS, type ProblemFactory } from '@evernest/process-guard';
import { OPS_PROBLEMS } from './ops.problems.js';

class ProblemFieldError {
  @ApiProperty({ example: 'limit' })
  readonly field!: string;

  @ApiProperty({ example: 'must not be greater than 1000' })
  readonly message!: string;
}

/** The body of every error: RFC 9457, `application/problem+json`. */
class ProblemBody {
  @ApiProperty({ example: 'urn:evernest:problem:WORKER_UNKNOWN' })
  readonly type!: string;

  @ApiProperty({ example: 'No such worker' })
  readonly title!: string;

  @ApiProperty({ example: 404 })
  readonly status!: number;

  @ApiProperty({ example: 'There is no worker 7. GET /workers lists those that there are.' })
  readonly detail!: string;

  @ApiProperty({ example: '/workers/7' })
  readonly instance!: string;

  @ApiProperty({ example: 'WORKER_UNKNOWN', description: 'Stable: what programs decide by.' })
  readonly code!: string;

  @ApiProperty({ description: 'Find every log line of this request by it.' })
  readonly requestId!: string;

  @ApiPropertyOptional({ type: [ProblemFieldError] })
  readonly errors?: ProblemFieldError[];
}

const ANY_PROBLEMS = [
  OPS_PROBLEMS.TOKEN_REQUIRED,
  OPS_PROBLEMS.OPS_TOKEN_NOT_SET,
  OPS_PROBLEMS.TOO_MANY_WRONG_TOKENS,
  HTTP_PROBLEMS.INTERNAL_ERROR,
];

/** An operation that asks for the token. @param problems what may go wrong here beside what may go wrong everywhere */
export function ApiOps(summary: string, problems: readonly ProblemFactory[] = []): MethodDecorator {
  const all = [...ANY_PROBLEMS, ...problems];
  const statuses = new Set(all.map(({ status }) => status));
  const responses = [...statuses].map((status) =>
    ApiResponse({
      status,
      description: all
        .filter((problem) => problem.status === status)
        .map(({ code, title }) => `\`${code}\`: ${title}.`)
        .join(' '),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
    }),
  );
  return applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ApiExtraModels(ProblemBody),
    ...responses,
  );
}
