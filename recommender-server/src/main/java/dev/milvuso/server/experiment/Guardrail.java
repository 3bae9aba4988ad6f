package dev.milvuso.server.experiment;

/**
 * A bound for what a variant may cost.
 *
 * @param outcome what is watched
 * @param mostHarm the share of the control's mean by which a variant may be worse, 0 to 10
 * @param stops whether the experiment is stopped when the bound is surely broken; else it is only flagged
 */
public record Guardrail(Outcome outcome, double mostHarm, boolean stops) {
    /** @throws IllegalArgumentException naming what is wrong */
    public Guardrail {
        if (!(mostHarm >= 0 && mostHarm <= 10)) {
            throw new IllegalArgumentException("most_harm is " + mostHarm + ": must be 0 to 10");
        }
    }
}
