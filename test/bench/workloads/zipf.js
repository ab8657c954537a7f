/**
 * Draws from a list as readers draw from a catalogue: the second item half as often as the first, the third a third as
 * often (Zipf's law with the exponent 1).
 */
export function zipfOver(items) {
  const upTo = [];
  let total = 0;
  for (let rank = 1; rank <= items.length; rank += 1) upTo.push((total += 1 / rank));
  return (random) => items[firstAbove(upTo, random() * total)];
}

function firstAbove(sorted, value) {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
