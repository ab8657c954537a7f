/** Aborted by the first SIGINT, SIGTERM or SIGHUP. The next ones change nothing: npm passes Ctrl-C on a second time. */
export function stopSignal() {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => controller.abort());
  return controller.signal;
}
