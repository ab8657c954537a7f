/** Holds the event loop for so many ms, and lets it go. */
export default function stall(ms) {
  const end = performance.now() + Number(ms);
  while (performance.now() < end);
}
