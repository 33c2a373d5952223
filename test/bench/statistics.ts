/** The median of some numbers; for an even count the mean of the two in the middle. Throws for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that this share of the numbers does not exceed, interpolated between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted.at(Math.floor(place));
  const above = sorted.at(Math.ceil(place));
  if (below === undefined || above === undefined) throw new RangeError('no values');
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * The random error of the median: its standard error, from the median absolute deviation, which a single hiccup of the
 * machine does not change.
 */
export function noise(values: readonly number[]): number {
  const middle = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  return (1.253 * deviation) / Math.sqrt(values.length);
}

/** The slope of a line fitted to the values, one step apart (least squares). */
export function slope(values: readonly number[]): number {
  const meanAt = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let above = 0;
  let below = 0;
  for (const [at, value] of values.entries()) {
    above += (at - meanAt) * (value - mean);
    below += (at - meanAt) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
