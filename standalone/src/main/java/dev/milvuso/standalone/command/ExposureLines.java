package dev.milvuso.standalone.command;

import dev.milvuso.action.ServedList;
import dev.milvuso.config.ConfigException;
import dev.milvuso.server.quality.Exposures;
import dev.milvuso.server.quality.Meaning;
import java.util.Map;
import java.util.Optional;

/** Lists as lines, one for each item, which {@code evaluate --protocol off-policy} takes; counts them. */
final class ExposureLines {
    /** What another policy would have done. */
    interface Target {
        /**
         * With which probability the policy would have shown each item at its place, given the items of the list.
         *
         * @param items how many of them, from the top, might have stood at each other's places
         * @return shape [items]; empty: whoever asks adds it to the lines
         */
        Optional<double[]> of(ServedList list, int items);
    }

    private final int rewarding;
    private final Target target;
    private long lists;
    private long lines;
    private long rewarded;

    /** @param rewarding a bit of {@link Meaning} */
    ExposureLines(int rewarding, Target target) {
        this.rewarding = rewarding;
        this.target = target;
    }

    /** @throws ConfigException if there is no such reward */
    static int bit(String reward) {
        return switch (reward) {
            case "click" -> Meaning.CLICK;
            case "conversion" -> Meaning.CONVERSION;
            case "favour" -> Meaning.FAVOUR;
            default -> throw new ConfigException("--reward is " + reward + ": must be click, conversion or favour");
        };
    }

    /** @param items how many of the list's, from the top */
    String of(Exposures.Exposed exposed, int items) {
        StringBuilder text = new StringBuilder();
        Optional<double[]> probabilities = target.of(exposed.list(), items);
        for (int i = 0; i < items; i++) {
            boolean followed = (exposed.followed()[i] & rewarding) != 0;
            text.append(Result.json(line(exposed.list(), i, probabilities, followed)))
                    .append('\n');
            lines++;
            rewarded += followed ? 1 : 0;
        }
        lists++;
        return text.toString();
    }

    private Map<String, Object> line(
            ServedList list, int position, Optional<double[]> probabilities, boolean followed) {
        ServedList.Shown shown = list.items().get(position);
        Map<String, Object> line = Result.of("reward", followed ? 1 : 0, "propensity", shown.probability());
        probabilities.ifPresent(each -> line.put("target", each[position]));
        // What one user does hangs together.
        line.put("group", list.userId().value());
        line.put("request_id", list.requestId().value());
        line.put("user_id", list.userId().value());
        line.put("item_id", shown.itemId().value());
        line.put("position", position + 1);
        line.put("at", list.timestamp().toString());
        line.put("source", shown.source());
        line.put("model_version", list.modelVersion());
        line.put("variants", list.origin().variants());
        line.put("shuffled", list.origin().shuffled());
        return line;
    }

    long lists() {
        return lists;
    }

    long lines() {
        return lines;
    }

    long rewarded() {
        return rewarded;
    }
}
