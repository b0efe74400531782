/** The state root as files and folders. Nothing here blocks, and what is not there is empty. */
export interface Disk {
  /**
   * Writes, syncs and removes a small file of its own in the folder, within the time it is given (ms). Undefined when
   * that worked or the folder is yet to be made; else a sentence without a path.
   */
  probe(folder: string, within: number): Promise<string | undefined>
  /** Sizes of a file, or of all files in a folder. Links are not followed. */
  measure(path: string): Promise<{ readonly bytes: number; readonly files: number }>
  /** Names of what a folder holds. */
  list(folder: string): Promise<readonly string[]>
  /** With everything in it; what can't be removed throws. */
  remove(path: string): Promise<void>
  /** The lines of a file from the last to the first; no more of it is read than is asked for. */
  linesFromEnd(path: string): AsyncIterable<string>
}
