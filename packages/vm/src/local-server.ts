import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

/** A unix socket that waits for one peer: QEMU connects to us, so nothing it says is lost and nobody polls. */
export interface LocalServer {
  readonly path: string;
  /** The first connection. */
  readonly connection: Promise<Socket>;
  close(): Promise<void>;
}

export async function listenLocally(path: string): Promise<LocalServer> {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    resolve(socket);
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(path, () => done());
  });
  return {
    path,
    connection: promise,
    close: async () => {
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      void promise.then((socket) => socket.destroy());
      await Promise.race([closed, new Promise((done) => setTimeout(done, 500).unref())]);
      await rm(path, { force: true });
    },
  };
}
