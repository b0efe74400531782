/** The few files the daemon reads and writes by name. */
export interface Files {
  /** Throws `route_file_read_failed` when the file is not there or not readable text. */
  readText(path: string): Promise<string>
  exists(path: string): Promise<boolean>
  /** Temporary file, fsync, rename. `keepBackup` leaves the old text beside it as `<path>.bak`. */
  writeText(path: string, text: string, options?: { readonly keepBackup?: boolean }): Promise<void>
}
