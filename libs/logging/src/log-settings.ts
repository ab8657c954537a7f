import { accessLogFormat } from './access-log/access-log-format.js';
import { LOG_LEVELS, type LogLevel } from './levels/log-levels.js';
import { parseLevels, type ConfiguredLevels } from './levels/parse-levels.js';
import type { LoggingModuleOptions } from './logging.module.js';
import { parseUdpAddress, type UdpAddress } from './udp/udp-address.js';

/** What operators decide about the log, by environment variables. */
export interface LogSettings {
  /** `LOG_LEVEL`, such as `info,BooksService=debug`. */
  readonly levels: ConfiguredLevels;
  /** `LOG_TARGET`: whether there are files, and whether lines go to stdout. */
  readonly target: { readonly files: boolean; readonly stdout: boolean };
  /** `LOG_UDP`: the collector that gets each line as a datagram; null without one. */
  readonly udp: UdpAddress | null;
  /** `LOG_FILE_MB` and `LOG_KEEP_MB`: when files are rotated, and how much is kept. */
  readonly rotation: NonNullable<LoggingModuleOptions['rotation']>;
}

/** What the application reads its variables with. It collects what is wrong. */
interface VariableReader {
  read<T>(name: string, fallback: T, parse: (text: string) => T | undefined, allowed: string): T;
}

interface Defaults {
  readonly level: LogLevel;
  readonly target: LogSettings['target'];
}

const MEBIBYTE = 1024 * 1024;
/** A terabyte. */
const MOST_MEGABYTES = MEBIBYTE;
const TARGETS = new Set(['files', 'stdout']);

/** Reads the `LOG_` variables. @param defaults where they are not set */
export function readLogSettings(reader: VariableReader, defaults: Defaults): LogSettings {
  const megabytes = (name: string) =>
    reader.read(name, undefined, bytesOf, `a whole number of megabytes, 1 to ${MOST_MEGABYTES}`);
  const maxBytes = megabytes('LOG_FILE_MB');
  const maxTotalBytes = megabytes('LOG_KEEP_MB');
  return Object.freeze({
    levels: reader.read(
      'LOG_LEVEL',
      parseLevels('', defaults.level),
      (text) => levelsOf(text, defaults.level),
      `one of ${LOG_LEVELS.join(', ')}, and may name levels of contexts: info,BooksService=debug`,
    ),
    target: reader.read('LOG_TARGET', defaults.target, targetOf, 'files, stdout, or files,stdout'),
    udp: reader.read<UdpAddress | null>(
      'LOG_UDP',
      null,
      (text) => parseUdpAddress(text),
      'HOST:PORT, such as 127.0.0.1:9616 or [::1]:9616',
    ),
    rotation: {
      ...(maxBytes !== undefined && { maxBytes }),
      ...(maxTotalBytes !== undefined && { maxTotalBytes }),
    },
  });
}

/**
 * Reads `ACCESS_LOG`: one of Morgan's names, `json`, or a row of Morgan's tokens; `off` writes none.
 * @returns null for none. @default json
 */
export function readAccessLogFormat(reader: VariableReader): string | null {
  return reader.read<string | null>(
    'ACCESS_LOG',
    'json',
    accessLogFormatOf,
    "off, json, combined, common, short, tiny, dev, or a row of Morgan's tokens such as :method :url :status",
  );
}

function accessLogFormatOf(text: string): string | null | undefined {
  if (text === 'off') return null;
  const nothing = () => undefined;
  try {
    accessLogFormat(
      { format: text, tokens: [], colours: false },
      { worker: undefined, traceId: nothing, answeredAfterMs: nothing },
    );
    return text;
  } catch {
    return undefined;
  }
}

function levelsOf(text: string, defaultLevel: LogLevel): ConfiguredLevels | undefined {
  try {
    return parseLevels(text, defaultLevel);
  } catch {
    return undefined;
  }
}

function targetOf(text: string): LogSettings['target'] | undefined {
  const words = text.split(',').map((word) => word.trim());
  if (!words.every((word) => TARGETS.has(word))) return undefined;
  return { files: words.includes('files'), stdout: words.includes('stdout') };
}

function bytesOf(text: string): number | undefined {
  const megabytes = /^\d+$/.test(text) ? Number(text) : 0;
  return megabytes >= 1 && megabytes <= MOST_MEGABYTES ? megabytes * MEBIBYTE : undefined;
}
