/** What the command line exits with; its help and the README list them. */
export const EXIT = {
  done: 0,
  refusedOrFailed: 1,
  wrongUsage: 2,
  notReachable: 3,
  notAllowed: 4,
  /** 128 + the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  1    refused or failed; the reason is on stderr
  2    wrong usage
  3    the supervisor cannot be reached
  4    not allowed: OPS_TOKEN is missing or is not the supervisor's
  130  Ctrl-C while it waited; what was begun goes on`;
