/** What `npm run chaos` exits with; its help lists them. */
export const EXIT = {
  held: 0,
  notHeld: 1,
  wrongUsage: 64,
  /** 128 + the number of SIGINT, as shells have it. */
  interrupted: 130,
};

export const EXIT_CODES_HELP = `
Exit codes:
  0    everything held that must hold of the service
  1    something did not, or a scenario could not be run; the reasons are in the report
  64   wrong usage
  130  Ctrl-C`;
