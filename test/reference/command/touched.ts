/** The paths, hosts and writes of a command, as they are gathered (touches.ts), and the folder that they are of. */

/** Undefined: nobody knows which. A path as it is written, below the folder that the command is in. */
export type Touched = string | undefined;

export interface Touches {
  readonly paths: Touched[];
  readonly hosts: Touched[];
  readonly writes: Touched[];
  /** Nobody knows how many there are. */
  readonly countless: Set<"paths" | "hosts" | "writes">;
}
export const noTouches = (): Touches => ({ paths: [], hosts: [], writes: [], countless: new Set() });

/** The folder that commands are run in: as sent (empty), below or at some path, or one that nobody knows. */
export type Folder = string | undefined;
export function below(folder: Folder, path: string): Touched {
  if (path.startsWith("/") || folder === "") return path;
  return folder === undefined ? undefined : `${folder}/${path}`;
}
