package dev.milvuso.trainer.registry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A version that was to be served.
 *
 * @param reason {@code start}, {@code publish}, {@code rollback}, {@code pin} or {@code drift}
 * @param state {@code asked}, {@code done} or {@code refused}
 * @param message why it was refused; else ""
 * @param predecessor served before it; "" if none
 * @param baseline mean NDCG@10 of the predecessor's last positives; negative if it has ranked too few
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Activated(
        long id, String version, String reason, String state, String message, String predecessor, double baseline) {
    /** Nothing but an operator takes it away again. */
    public boolean isPinned() {
        return reason.equals("pin");
    }
}
