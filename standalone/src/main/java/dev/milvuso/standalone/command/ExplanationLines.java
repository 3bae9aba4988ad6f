package dev.milvuso.standalone.command;

import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.HybridExplanation;
import dev.milvuso.vector.SearchProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How searches went, for people. */
final class ExplanationLines {
    private ExplanationLines() {}

    static List<String> of(Explanation how) {
        return of(how, "");
    }

    private static List<String> of(Explanation how, String where) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(where + "candidates: " + how.candidates() + " of " + how.rows() + " rows; " + how.shape());
        if (how.fromCache()) {
            lines.add("the answer came from the cache");
        }
        stages(lines, "", how.stages());
        how.engine().ifPresent(engine -> {
            lines.add(plan(engine));
            stages(lines, "  ", engine.stages());
        });
        return lines;
    }

    private static String plan(SearchProfile engine) {
        return "plan: " + engine.why() + "; " + (engine.exact() ? "exact" : "approximate") + ", " + engine.candidates()
                + " rows looked at";
    }

    private static void stages(List<String> lines, String indent, Map<String, Duration> stages) {
        stages.forEach((stage, time) ->
                lines.add(String.format(Locale.ROOT, "%s%-9s %.3f ms", indent, stage, time.toNanos() / 1e6)));
    }

    static List<String> of(HybridExplanation how) {
        List<String> lines = new ArrayList<>();
        how.searches().forEach(search -> lines.addAll(of(search, "in " + search.vectorField() + ": ")));
        lines.add("");
        stages(lines, "", how.stages());
        return lines;
    }
}
