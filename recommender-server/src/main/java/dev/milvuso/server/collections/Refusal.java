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

    /**
     * Does what nothing but the state of things can stand against.
     *
     * @throws Refusal 409 in the words of the refusal
     */
    static void conflicting(String place, Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            throw new Refusal(409, place, String.valueOf(e.getMessage()));
        }
    }

    public int status() {
        return status;
    }

    public String place() {
        return place;
    }
}
