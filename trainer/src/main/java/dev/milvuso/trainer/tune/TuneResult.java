package dev.milvuso.trainer.tune;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a search has found.
 *
 * @param search {@code random} or {@code halving}
 * @param heldOut pairs that were held out of the data to judge by
 * @param best of all trials, which may be one that trained less: longer is not always better
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TuneResult(String search, int interactions, int heldOut, double seconds, Trial best, List<Trial> trials) {
    /**
     * A choice of values, trained and judged.
     *
     * @param number of the choice, from 1; one that is trained again for longer keeps it
     * @param algorithm as {@code training.algorithm}
     * @param epochs of gradient steps, or iterations of least squares
     * @param ndcg at 10 over the whole catalogue, on the held-out part; 0 if it diverged
     * @param fault why there is no figure, "" if there is one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Trial(
            int number,
            String algorithm,
            int epochs,
            Map<String, String> values,
            double ndcg,
            double hr,
            double seconds,
            String fault) {
        /** The most accurate first; of two that are alike the one that trains less. */
        public static final Comparator<Trial> BEST_FIRST = Comparator.comparingDouble(Trial::ndcg)
                .reversed()
                .thenComparingInt(Trial::epochs)
                .thenComparingInt(Trial::number);

        /** As sections that {@code --config} takes. */
        public String toml() {
            boolean leastSquares = algorithm.equals("als");
            StringBuilder training = new StringBuilder("[training]\n");
            StringBuilder als = new StringBuilder();
            values.forEach((key, value) -> {
                boolean ofAls = key.startsWith("als.");
                (ofAls ? als : training)
                        .append(ofAls ? key.substring("als.".length()) : key)
                        .append(" = ")
                        .append(quoted(value))
                        .append('\n');
            });
            if (!leastSquares) {
                training.append("epochs = ").append(epochs).append('\n');
            } else {
                als.append("iterations = ").append(epochs).append('\n');
                if (!values.containsKey("algorithm")) {
                    training.append("algorithm = \"als\"\n");
                }
            }
            return training + (als.isEmpty() ? "" : "\n[als]\n" + als);
        }

        private static String quoted(String value) {
            return value.matches("-?[0-9.]+([eE][-+]?[0-9]+)?|true|false") ? value : '"' + value + '"';
        }
    }
}
