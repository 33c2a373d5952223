/** The zoom steps of a browser, from two thirds to four times. */
const STEPS = [0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

export type ZoomChange = 'in' | 'out' | 'reset';

/** Returns the zoom factor after one step, within the largest and smallest one. */
export function changeZoom(factor: number, change: ZoomChange): number {
  // The page counts in levels, which give 1.0999… for 1.1.
  const isAbove = (step: number) => step > factor + 0.01;
  const isBelow = (step: number) => step < factor - 0.01;
  switch (change) {
    case 'in':
      return STEPS.find(isAbove) ?? factor;
    case 'out':
      return STEPS.findLast(isBelow) ?? factor;
    case 'reset':
      return 1;
    default:
      return change satisfies never;
  }
}
