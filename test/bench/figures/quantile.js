/** Between the two nearest values, in proportion; undefined of none. */
export function quantile(share, values) {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((one, other) => one - other);
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at % 1);
}

export function median(values) {
  return quantile(0.5, values);
}

/** The median with the quartiles, which half of the values lie between. */
export function spread(values) {
  if (values.length === 0) return undefined;
  return {
    median: median(values),
    low: quantile(0.25, values),
    high: quantile(0.75, values),
    count: values.length,
  };
}
