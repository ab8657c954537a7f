import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { HTTP_PROBLEMS, type ProblemFactory } from '@evernest/process-guard';
import { REQUEST_PROBLEMS } from './http.problems.js';

class ProblemFieldError {
  @ApiProperty({ example: 'isbn' })
  readonly field!: string;

  @ApiProperty({ example: 'must be an ISBN-10 or ISBN-13 with a right check digit' })
  readonly message!: string;
}

/** The body of every error: RFC 9457, `application/problem+json`. */
class ProblemBody {
  @ApiProperty({ example: 'urn:evernest:problem:VALIDATION_FAILED' })
  readonly type!: string;

  @ApiProperty({ example: 'The request is not valid' })
  readonly title!: string;

  @ApiProperty({ example: 400 })
  readonly status!: number;

  @ApiProperty({ example: 'isbn must be an ISBN-10 or ISBN-13 with a right check digit.' })
  readonly detail!: string;

  @ApiProperty({ example: '/books' })
  readonly instance!: string;

  @ApiProperty({ example: 'VALIDATION_FAILED', description: 'Stable: what programs decide by.' })
  readonly code!: string;

  @ApiProperty({ description: 'Find every log line of this request by it.' })
  readonly requestId!: string;

  @ApiPropertyOptional({ type: [ProblemFieldError] })
  readonly errors?: ProblemFieldError[];
}

interface Operation {
  readonly summary: string;
  /** What may go wrong here beside what may go wrong everywhere. */
  readonly problems: readonly ProblemFactory[];
}

const ANY_PROBLEMS = [
  HTTP_PROBLEMS.VALIDATION_FAILED,
  HTTP_PROBLEMS.INTERNAL_ERROR,
  REQUEST_PROBLEMS.DATABASE_BUSY,
  REQUEST_PROBLEMS.DATABASE_UNAVAILABLE,
];
const WRITE_PROBLEMS = [REQUEST_PROBLEMS.TOKEN_REQUIRED, REQUEST_PROBLEMS.WRITES_DISABLED];
const BODY_PROBLEMS = [
  HTTP_PROBLEMS.MALFORMED_JSON,
  HTTP_PROBLEMS.BODY_TOO_LARGE,
  HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE,
];

const ETAG = {
  ETag: { description: 'Names this state of the resource.', schema: { type: 'string' } },
} as const;

/** A read of one thing. */
export function ApiRead(type: Type, { summary, problems }: Operation) {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'Answer 304 if this is still its ETag.',
    }),
    ApiResponse({ status: 200, type, headers: ETAG, description: 'As it is now.' }),
    ApiResponse({ status: 304, headers: ETAG, description: 'Not changed since the ETag of If-None-Match.' }),
    ApiProblems([...ANY_PROBLEMS, ...problems]),
  );
}

/** A page of a list. */
export function ApiList(type: Type, { summary, problems }: Operation) {
  return ApiRead(type, { summary, problems: [REQUEST_PROBLEMS.CURSOR_INVALID, ...problems] });
}

/** Makes a new thing out of a body. */
export function ApiCreate(type: Type, { summary, problems }: Operation) {
  return applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ApiResponse({
      status: 201,
      type,
      headers: { Location: { description: 'Where to read it.', schema: { type: 'string' } } },
      description: 'It was made.',
    }),
    ApiProblems([...ANY_PROBLEMS, ...WRITE_PROBLEMS, ...BODY_PROBLEMS, ...problems]),
  );
}

/** Changes what the body names and leaves the rest. */
export function ApiUpdate(type: Type, { summary, problems }: Operation) {
  return applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ApiIfMatch(),
    ApiResponse({ status: 200, type, description: 'As it is now.' }),
    ApiProblems([
      ...ANY_PROBLEMS,
      ...WRITE_PROBLEMS,
      ...BODY_PROBLEMS,
      REQUEST_PROBLEMS.PRECONDITION_FAILED,
      ...problems,
    ]),
  );
}

/** Removes a thing. */
export function ApiDelete({ summary, problems }: Operation) {
  return applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ApiIfMatch(),
    ApiResponse({ status: 204, description: 'It is gone.' }),
    ApiProblems([...ANY_PROBLEMS, ...WRITE_PROBLEMS, REQUEST_PROBLEMS.PRECONDITION_FAILED, ...problems]),
  );
}

/** Something that happens to a thing, such as a loan. */
export function ApiAction(type: Type, { summary, problems }: Operation) {
  return applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type, description: 'As it is now.' }),
    ApiProblems([...ANY_PROBLEMS, ...WRITE_PROBLEMS, ...BODY_PROBLEMS, ...problems]),
  );
}

/** One response a status, naming every code that it may carry. */
export function ApiProblems(problems: readonly ProblemFactory[]) {
  const distinct = [...new Set(problems)];
  const statuses = new Set(distinct.map(({ status }) => status));
  const responses = [...statuses].map((status) =>
    ApiResponse({
      status,
      description: distinct
        .filter((problem) => problem.status === status)
        .map(({ code, title }) => `\`${code}\`: ${title}.`)
        .join(' '),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
    }),
  );
  return applyDecorators(ApiExtraModels(ProblemBody), ...responses);
}

function ApiIfMatch() {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'Refuse with 412 if the resource is no longer in the state that this ETag names.',
  });
}
