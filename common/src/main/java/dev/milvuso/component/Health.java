package dev.milvuso.component;

/** How a part is. */
public sealed interface Health {
    record Up() implements Health {}

    /** @param reason one sentence for an operator: what is missing and what that costs */
    record Degraded(String reason) implements Health {}

    /** @param reason one sentence for an operator */
    record Down(String reason) implements Health {}

    /** @param reason one sentence for an operator: for whom it stands by, and until when */
    record Standby(String reason) implements Health {}

    /** {@code UP}, {@code DEGRADED}, {@code STANDBY} or {@code DOWN}, as in {@code GET /health}. */
    default String status() {
        if (this instanceof Standby) {
            return "STANDBY";
        }
        return this instanceof Up ? "UP" : this instanceof Degraded ? "DEGRADED" : "DOWN";
    }
}
