package dev.milvuso.server.collections;

/** A request that is not carried out, for another reason than that its body does not fit. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String place;

    /** @param place a parameter's name, or that of a member of the body; the message is a sentence without it */
    Refusal(int status, String place, String message) {
        super(message, null, false, false);
        this.status = status;
        this.place = place;
    }

    public int status() {
        return status;
    }

    public String place() {
        return place;
    }
}
