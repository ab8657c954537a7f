/** What `npm run bench` exits with; its help lists them. */
export const EXIT = {
  done: 0,
  failed: 1,
  wrongUsage: 64,
  /** 128 + the number of SIGINT, as shells have it. */
  interrupted: 130,
};

export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  1    something did not start, or answers differ; the reason is on stderr
  64   wrong usage
  130  Ctrl-C`;
