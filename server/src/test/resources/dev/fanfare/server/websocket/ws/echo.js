// Sends messages of many sizes to an echo server and compares what comes back: node echo.js ADDRESS
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';

const address = process.argv[2];
const sizes = [0, 1, 50, 125, 126, 127, 128, 129, 1000, 8191, 8192, 8193, 16384, 65535, 65536, 70000, 200000];

// What a client asks for, and whether Fanfare agrees to compress.
const offers = [
  [{}, true],
  [{ clientNoContextTakeover: true }, true],
  [{ serverNoContextTakeover: true, clientNoContextTakeover: true }, true],
  [{ clientMaxWindowBits: 9 }, true],
  [{ clientMaxWindowBits: true }, true],
  [{ serverMaxWindowBits: 15 }, true],
  [{ serverMaxWindowBits: 10 }, false],
  [false, false],
];

const contents = {
  text: (size) => 'fanfare größe '.repeat(size / 14 + 1).slice(0, size),
  repetition: (size) => Buffer.alloc(size, 'fanfare '),
  noise: (size) => randomBytes(size),
};

for (const [offer, agreed] of offers) {
  await converse(offer && { threshold: 0, ...offer }, agreed);
}

async function converse(perMessageDeflate, agreed) {
  const socket = new WebSocket(address, { perMessageDeflate });
  await once(socket, 'open');
  assert.equal(socket.extensions.startsWith('permessage-deflate'), agreed, socket.extensions);
  for (const size of sizes) {
    for (const content of Object.values(contents)) {
      await whole(socket, content(size));
      await fragmented(socket, content(size));
    }
  }
  const read = socket._socket.bytesRead;
  await whole(socket, contents.text(200000));
  assert.equal(socket._socket.bytesRead - read < 20000, agreed, 'the server compresses');
  socket.close(4000, 'done');
  const [code] = await once(socket, 'close');
  assert.equal(code, 4000);
}

async function whole(socket, message) {
  socket.send(message);
  await echoed(socket, message);
}

async function fragmented(socket, message) {
  const third = Math.ceil(message.length / 3);
  socket.send(message.slice(0, third), { fin: false });
  socket.send(message.slice(third, 2 * third), { fin: false });
  socket.ping('between');
  socket.send(message.slice(2 * third), { fin: true });
  await echoed(socket, message);
}

async function echoed(socket, message) {
  const [data, binary] = await once(socket, 'message');
  assert.equal(binary, typeof message !== 'string');
  assert.ok(data.equals(Buffer.from(message)), `${message.length} come back as ${data.length}`);
}
