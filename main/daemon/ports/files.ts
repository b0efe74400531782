/** The few files the daemon reads and writes by name. */
export interface Files {
  /** Throws `route_file_read_failed` when the file is not there or not readable text. */
  readText(path: string): Promise<string>
  exists(path: string): Promise<boolean>
  /**
   * Temporary file, fsync, rename; of a symbolic link its target. For its owner only, unless `keepMode` leaves a file
   * that is there the rights it has. `keepBackup` leaves the old text beside it as `<path>.bak`, with its rights.
   * Throws `storage_full`, or `route_file_write_failed` when it may not be written.
   */
  writeText(
    path: string,
    text: string,
    options?: { readonly keepBackup?: boolean; readonly keepMode?: boolean },
  ): Promise<void>
}
