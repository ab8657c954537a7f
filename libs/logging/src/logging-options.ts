import { parseLevels, type ConfiguredLevels } from './levels/parse-levels.js';
import type { UdpAddress } from './udp/udp-address.js';

const STDOUT_FORMS = ['json', 'pretty', 'nothing'] as const;

/** What is logged, and where it goes. */
export interface LoggingOptions {
  /** What is written unless `logger.levels` is told otherwise. @default parseLevels('info') */
  readonly levels?: ConfiguredLevels;
  /** Where `combined.log`, `error.log` and `access.log` are; made if it is missing. @default no files */
  readonly folder?: string;
  /**
   * What goes to stdout: `json`, an object on each line, `pretty`, for people and coloured on a terminal, or `nothing`.
   * @default json without a folder, nothing with one
   */
  readonly stdout?: (typeof STDOUT_FORMS)[number];
  /** A collector that gets each line as a datagram. @default none */
  readonly udp?: UdpAddress;
  /** Called for each line; its fields become fields of the line. One that throws adds nothing. @default none */
  readonly context?: () => object | undefined;
  /** Paths of fields that are secret, besides those whose names say so: `user.email`, `items.*.card`. @default none */
  readonly redact?: readonly string[];
  /** pm2's number of this process, a field of each line. @default none */
  readonly worker?: number;
}

export type ResolvedLoggingOptions = ReturnType<typeof resolveLoggingOptions>;

/** @throws Error naming the option that is wrong and what it may be. */
export function resolveLoggingOptions(options: LoggingOptions) {
  const {
    levels = parseLevels(''),
    folder,
    stdout = folder === undefined ? 'json' : 'nothing',
    udp,
    context = () => undefined,
    redact = [],
    worker,
    ...unknown
  } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new Error(
      `"${name}" is not an option of logging; it knows levels, folder, stdout, udp, context, redact and worker.`,
    );
  }
  if (!STDOUT_FORMS.includes(stdout)) {
    throw new Error(`Logging stdout "${stdout}" is not known; use one of ${STDOUT_FORMS.join(', ')}.`);
  }
  return Object.freeze({ levels, folder, stdout, udp, context, redact, worker });
}
