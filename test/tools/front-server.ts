import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * One address for two servers: requests with this `authorization` go to the first, others to the second.
 *
 * @param onRequest called before a request is passed on
 */
export async function frontServer(
  first: string,
  authorization: string,
  second: string,
  onRequest: (url: string) => void = () => {},
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    onRequest(incoming.url ?? '');
    const given = incoming.headers.authorization?.replace(/^token /, 'Bearer ');
    const target = given === authorization ? first : second;
    const { method, headers } = incoming;
    const forwarded = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
