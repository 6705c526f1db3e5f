package dev.fanfare.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/**
 * The shortest way to a socket. Where nothing in the pipeline changes what is written, frames go
 * straight to the transport: the walk through an empty pipeline is a tenth of what a delivery costs
 * outside the kernel (docs/benchmarks.md, "Paced fan-out"). With TLS they take the ordinary way.
 */
enum SocketWrites {
    DIRECT {
        @Override
        void write(Channel channel, ByteBuf bytes) {
            channel.unsafe().write(bytes, channel.voidPromise());
        }

        @Override
        void flush(Channel channel) {
            channel.unsafe().flush();
        }
    },
    PIPELINE {
        @Override
        void write(Channel channel, ByteBuf bytes) {
            var _ = channel.write(bytes, channel.voidPromise());
        }

        @Override
        void flush(Channel channel) {
            channel.flush();
        }
    };

    static SocketWrites on(Channel channel) {
        return channel.pipeline().get(SslHandler.class) == null ? DIRECT : PIPELINE;
    }

    abstract void write(Channel channel, ByteBuf bytes);

    abstract void flush(Channel channel);
}
