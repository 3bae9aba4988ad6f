package dev.milvuso.trainer.online;

/** Takes a row that has been moved. */
public interface Touched {
    /** @param accepted when the newest action in it was accepted, in milliseconds since 1970; 0 if there is none */
    void row(int row, long accepted);
}
