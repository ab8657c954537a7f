import { createServer, Server } from 'node:http';

/**
 * A Unix socket by which the harness asks this very worker what its clients ask, from the moment when it listens for them. It is
 * handled by the server that has the front door, and keeps nothing alive.
 */
export function openSideDoor(path) {
  const listen = Reflect.get(Server.prototype, 'listen');
  let isOpen = false;
  Server.prototype.listen = function (...args) {
    const listening = listen.apply(this, args);
    if (!isOpen && isForClients(args)) {
      isOpen = true;
      this.once('listening', () => open(this, path, listen));
    }
    return listening;
  };
}

function open(frontDoor, path, listen) {
  const door = createServer((request, response) => frontDoor.emit('request', request, response));
  door.on('connection', (socket) => socket.unref());
  // Exclusive: the primary of the cluster is to have no part in it.
  listen.call(door, { path, exclusive: true }).unref();
}

/** A port, and not the path of a Unix socket. */
function isForClients([first]) {
  return typeof first === 'object' ? first.port !== undefined : Number.isInteger(Number(first));
}
