// A listener on node:http and node:https
export { type Listening, type ListenOptions, listen } from './listener.ts';
