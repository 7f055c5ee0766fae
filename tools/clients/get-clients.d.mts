/** The folder with kubectl and helm in it; they are fetched when they are not there. */
export function getClients(): string;
