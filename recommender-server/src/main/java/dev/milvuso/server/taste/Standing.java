package dev.milvuso.server.taste;

/** How a user's scores of all items lie, against which that of one is judged. For one thread. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Standing(LinearForm form, double[] user, double mean, double deviation, double[] scratch) {
    /** @return the item's score in standard deviations above the mean of all items; shape of it [dimension] */
    public double of(float[] item) {
        form.item(item, scratch, 0);
        double score = 0;
        for (int i = 0; i < scratch.length; i++) {
            score += user[i] * scratch[i];
        }
        return deviation > 0 ? (score - mean) / deviation : 0;
    }
}
