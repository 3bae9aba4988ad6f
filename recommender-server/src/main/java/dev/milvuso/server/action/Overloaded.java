package dev.milvuso.server.action;

/** Our own queue is full: whoever asks should come back a little later. */
public final class Overloaded extends RuntimeException {
    public Overloaded(String message) {
        super(message);
    }
}
