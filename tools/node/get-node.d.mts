/** The path of a Node that has node:sqlite without a flag; it is fetched when this one is older. */
export function getNode(): string;
