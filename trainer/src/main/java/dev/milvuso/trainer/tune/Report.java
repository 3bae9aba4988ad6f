package dev.milvuso.trainer.tune;

import dev.milvuso.trainer.plot.Chart;
import dev.milvuso.trainer.plot.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A search as an HTML page: what each key's values reached, and all trials as a table. */
public record Report(TuneResult result, List<Range> ranges) {
    /** The whole page. */
    public String html() {
        StringBuilder body = new StringBuilder("<h1>Hyperparameter search</h1>\n");
        body.append(String.format(
                Locale.ROOT,
                "<p>%s search: %,d trials, %,d pairs held out of %,d. Best NDCG@10 %.4f:</p><pre>%s</pre>\n",
                result.search(),
                result.trials().size(),
                result.heldOut(),
                result.interactions(),
                result.best().ndcg(),
                Page.escaped(result.best().toml())));
        ranges.stream()
                .filter(Range.Between.class::isInstance)
                .map(Range.Between.class::cast)
                .forEach(range -> body.append(chart(range).svg()));
        return Page.of("Hyperparameter search", body.append(table()).toString());
    }

    private Chart chart(Range.Between range) {
        List<Chart.Series> series = result.trials().stream()
                .map(TuneResult.Trial::epochs)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(8)
                .map(epochs -> new Chart.Series(
                        epochs + " epochs",
                        result.trials().stream()
                                .filter(trial -> trial.epochs() == epochs
                                        && trial.fault().isEmpty())
                                .map(trial -> point(range, trial))
                                .toList()))
                .toList();
        String axis = range.key() + (range.isLogarithmic() ? ", logarithmic" : "");
        return new Chart(range.key(), axis, "NDCG@10, held-out part", series, true, range.isLogarithmic());
    }

    private static double[] point(Range.Between range, TuneResult.Trial trial) {
        double value = Double.parseDouble(trial.values().getOrDefault(range.key(), "NaN"));
        return new double[] {range.isLogarithmic() ? Math.log10(value) : value, trial.ndcg()};
    }

    private String table() {
        StringBuilder table = new StringBuilder("<table><tr><th>trial</th><th>epochs</th>");
        ranges.forEach(
                range -> table.append("<th>").append(Page.escaped(range.key())).append("</th>"));
        table.append("<th>NDCG@10</th><th>HR@10</th><th>seconds</th></tr>\n");
        for (TuneResult.Trial trial : result.trials()) {
            table.append(String.format(Locale.ROOT, "<tr><td>%d</td><td>%d</td>", trial.number(), trial.epochs()));
            trial.values()
                    .values()
                    .forEach(value ->
                            table.append("<td>").append(Page.escaped(value)).append("</td>"));
            table.append(String.format(
                    Locale.ROOT,
                    "<td>%.4f</td><td>%.4f</td><td>%.1f</td></tr>\n",
                    trial.ndcg(),
                    trial.hr(),
                    trial.seconds()));
        }
        return table.append("</table>\n").toString();
    }
}
