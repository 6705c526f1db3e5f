/** The same as in a browser, for Node.js, which has no WebSocket before version 22. */
import WebSocket from 'ws';
import { fallBackTo } from './socket.js';

fallBackTo(WebSocket);

export * from './index.js';
