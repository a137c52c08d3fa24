export const id = 800;
export const ids = [800];
export const modules = {

/***/ 3800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  httpGet: () => (/* binding */ httpGet)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./build/packages/media/src/young-garbage.js


let collect;
/**
 * Frees the buffers of what was received and written already. V8 sees only their small handles and would let some
 * 70 MB of them pile up; collecting the young generation takes well under a millisecond.
 */
function freeYoungGarbage() {
    if (!collect) {
        (0,external_node_v8_.setFlagsFromString)('--expose-gc');
        collect = (0,external_node_vm_.runInNewContext)('gc');
    }
    collect({ type: 'minor' });
}

;// CONCATENATED MODULE: ./build/packages/media/src/direct-socket.js



/** Received before a sink has room, in bytes. */
const SCRATCH_BYTES = 64 * 1024;
/** Copies are freed each time so many bytes were made. */
const FREE_EVERY = 4 * 1024 * 1024;
/**
 * Copies bytes that were received elsewhere.
 *
 * @returns undefined when the sink had room for all of them at once
 */
function pour(chunk, sink) {
    let rest = chunk;
    while (rest.length > 0) {
        const space = sink.space();
        const part = rest.subarray(0, space.length);
        space.set(part);
        rest = rest.subarray(part.length);
        const work = sink.filled(part.length);
        if (work) {
            const after = rest;
            return work.then(() => pour(after, sink));
        }
    }
    return undefined;
}
/**
 * A connection that node:http speaks over as over any other, until `receive` takes the rest of the body past it: the
 * kernel then writes into the sink's memory. That costs a quarter of the processor time of a stream of buffers.
 */
class DirectSocket {
    socket;
    #scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
    #space = () => this.#scratch;
    #take = (length) => {
        this.socket.emit('data', Buffer.from(this.#scratch.subarray(0, length)));
        return true;
    };
    constructor(url) {
        const onread = {
            buffer: () => this.#space(),
            callback: (length, memory) => this.#take(length, memory),
        };
        const host = url.hostname.replace(/^\[|\]$/g, '');
        this.socket = url.protocol === 'https:' ? direct_socket_secure(host, url, onread) : plain(host, url, onread);
    }
    /**
     * Takes a body of known length; bytes that follow it are left alone.
     *
     * @param early what node:http has read of it already
     * @throws Error when the connection ends before; whatever the sink throws
     */
    receive(early, length, sink) {
        return new Promise((resolve, reject) => {
            let left = length;
            let copied = 0;
            /** Work that must end before the sink's memory is free. */
            let pending;
            const fail = (error) => {
                this.socket.destroy();
                reject(error);
            };
            const settle = () => {
                if (left === 0) {
                    resolve();
                    this.socket.destroy();
                }
            };
            const wait = (work) => {
                pending = work;
                work.then(() => {
                    if (pending === work) {
                        pending = undefined;
                        settle();
                        // Does nothing once it is destroyed.
                        this.socket.resume();
                    }
                }, fail);
            };
            const copy = (chunk) => {
                const part = Uint8Array.prototype.slice.call(chunk, 0, left);
                left -= part.length;
                copied += part.length;
                if (copied >= FREE_EVERY) {
                    copied = 0;
                    freeYoungGarbage();
                }
                const work = pending ? pending.then(() => pour(part, sink)) : pour(part, sink);
                // Without work to wait for, the next bytes go straight into the sink's memory again.
                if (work) {
                    wait(work);
                }
                else {
                    settle();
                }
            };
            // node:http may start reading again by itself: while the sink is busy, bytes go elsewhere.
            this.#space = () => (pending || left === 0 ? this.#scratch : sink.space().subarray(0, left));
            this.#take = (count, memory) => {
                try {
                    if (memory === this.#scratch) {
                        copy(memory.subarray(0, count));
                    }
                    else {
                        left -= count;
                        const work = sink.filled(count);
                        if (work) {
                            wait(work);
                        }
                        else {
                            settle();
                        }
                    }
                }
                catch (error) {
                    fail(error);
                }
                return pending === undefined;
            };
            const closed = () => {
                const ended = () => fail(new Error('the connection was closed'));
                // What came before the end still counts.
                (pending ?? Promise.resolve()).then(ended, ended);
            };
            this.socket.on('error', fail);
            this.socket.on('close', closed);
            copy(Buffer.concat(early));
            if (!pending) {
                this.socket.resume();
            }
            if (this.socket.destroyed) {
                closed();
            }
        });
    }
}
function plain(host, url, onread) {
    return (0,external_node_net_.connect)({ host, port: Number(url.port || 80), onread });
}
function direct_socket_secure(host, url, onread) {
    // Its types do not name `onread`; the documentation of tls.connect does.
    const options = { host, port: Number(url.port || 443), onread, ALPNProtocols: ['http/1.1'] };
    return (0,external_node_tls_.connect)((0,external_node_net_.isIP)(host) === 0 ? { ...options, servername: host } : options);
}

;// CONCATENATED MODULE: ./build/packages/media/src/http-get.js




/** Buffers of a stream are freed each time so many bytes came. */
const http_get_FREE_EVERY = 4 * 1024 * 1024;
/**
 * One GET, redirects not followed. Goes through the proxy that `http_proxy`, `https_proxy` and `no_proxy` name.
 *
 * @param signal ends the request and the body
 * @throws Error of the connection
 */
function httpGet(url, headers, signal, environment = process.env) {
    const secure = url.protocol === 'https:';
    const direct = hasProxy(url, environment) ? undefined : new DirectSocket(url);
    const connection = direct
        ? { createConnection: () => direct.socket }
        : { agent: new (secure ? external_node_https_.Agent : external_node_http_.Agent)({ proxyEnv: environment }) };
    return new Promise((resolve, reject) => {
        const request = (secure ? external_node_https_.request : external_node_http_.request)(url, {
            headers: { ...headers, connection: 'close' },
            signal,
            ...connection,
        });
        // What happens after the head is the body's failure, and comes with it.
        request.on('error', reject);
        request.on('response', (response) => resolve(answer(response, direct)));
        request.end();
    });
}
function answer(response, direct) {
    // A body that nobody waits for any more may still fail.
    response.on('error', () => { });
    const header = (name) => {
        const value = response.headers[name];
        return typeof value === 'string' ? value : undefined;
    };
    const length = Number(header('content-length') ?? Number.NaN);
    return {
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        header,
        // node:http has refused a length that is no number, or that comes with a transfer coding.
        receive: (sink) => direct && length > 0 ? direct.receive(early(response), length, sink) : stream(response, sink),
        cancel: () => response.destroy(),
    };
}
/** What came together with the head. */
function early(response) {
    response.pause();
    const chunks = [];
    for (let chunk = response.read(); chunk !== null; chunk = response.read()) {
        chunks.push(chunk);
    }
    return chunks;
}
async function stream(response, sink) {
    let garbage = 0;
    for await (const chunk of response) {
        await pour(chunk, sink);
        garbage += chunk.length;
        if (garbage >= http_get_FREE_EVERY) {
            garbage = 0;
            freeYoungGarbage();
        }
    }
}
function hasProxy(url, environment) {
    const name = `${url.protocol.slice(0, -1)}_proxy`;
    return Boolean(environment[name] || environment[name.toUpperCase()]);
}


/***/ })

};
