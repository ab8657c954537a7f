const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `21/Nov/2026:18:00:00 +0000`, of the common log format. */
export const clfDate = oncePerSecond((date) => {
  const [day, month, year] = [date.getUTCDate(), MONTHS[date.getUTCMonth()], date.getUTCFullYear()];
  return `${String(day).padStart(2, '0')}/${month}/${year}:${date.toISOString().slice(11, 19)} +0000`;
});

/** `Sat, 21 Nov 2026 18:00:00 GMT` */
export const webDate = oncePerSecond((date) => date.toUTCString());

/** Many lines are written within a second, and to put a date into words takes longer than all the rest of a line. */
function oncePerSecond(inWords: (date: Date) => string): (nowMs: number) => string {
  let second = Number.NaN;
  let words = '';
  return (nowMs) => {
    const current = Math.floor(nowMs / 1000);
    if (current !== second) {
      words = inWords(new Date(nowMs));
      second = current;
    }
    return words;
  };
}
