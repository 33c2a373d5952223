/** The facts about the running test file that the replacements of vitest and vite need. */
export const running = {
  /** The folder of the file, on the machine that runs it. */
  folder: '',
};
