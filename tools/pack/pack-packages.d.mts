/** Folders of the packages that are published. */
export function publicPackages(): readonly string[];
/** Builds and packs all of them into a folder. Answers the paths of the tarballs. */
export function packPackages(target: string): readonly string[];
/** Packs folders without running their scripts and without a network. Answers the paths of the tarballs. */
export function pack(folders: readonly string[], target: string): readonly string[];
