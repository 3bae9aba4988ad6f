package dev.milvuso.server.collections;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that tells its own end before its time from failures of the server's own files. */
final class ClientBody extends FilterInputStream {
    /** The client is gone, or too slow. */
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenOff(IOException cause) {
            super("the body could not be read to its end", cause);
        }
    }

    ClientBody(InputStream in) {
        super(in);
    }

    /** @throws BrokenOff where another stream has an {@link IOException} */
    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }

    /** @throws BrokenOff where another stream has an {@link IOException} */
    @Override
    public int read(byte[] bytes, int from, int length) {
        try {
            return in.read(bytes, from, length);
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }
}
