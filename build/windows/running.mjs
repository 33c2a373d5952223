/** What of the test file that runs the stand-ins for vitest and vite need. */
export const running = {
  /** The folder of the file, on the machine that runs it. */
  folder: '',
};
