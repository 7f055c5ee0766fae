import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The least that a server on node:http can do for the work of http.ts: it parses and prints what it is sent, and answers
 * with bytes that are ready. argv[2] is a file with the answers of the real server; prints its URL.
 */
const answers = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Record<string, string>;
const ready = Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, Buffer.from(text)]));
const watchers = new Set<ServerResponse>();

const send = (response: ServerResponse, status: number, body: Buffer): void => {
  response.writeHead(status, ['Content-Type', 'application/json', 'Content-Length', String(body.length)]);
  response.end(body);
};

const server = createServer((request, response) => {
  const { method = '', url = '' } = request;
  if (method === 'GET') {
    if (url.includes('watch=1')) {
      response.writeHead(200, ['Content-Type', 'application/json', 'Transfer-Encoding', 'chunked']);
      response.flushHeaders();
      watchers.add(response);
      response.on('close', () => watchers.delete(response));
    } else
      send(
        response,
        200,
        url.includes('limit=') ? ready['page']! : /deployments\/./.test(url) ? ready['get']! : ready['list']!,
      );
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
    const patch = method === 'PATCH';
    if (patch) for (const watcher of watchers) watcher.write(ready['event']!);
    send(response, patch ? 200 : 201, patch ? ready['patch']! : ready['create']!);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
