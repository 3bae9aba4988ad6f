package dev.milvuso.trainer.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A chart of lines or dots over one pair of axes.
 *
 * @param title above it
 * @param x what the horizontal axis shows
 * @param y what the vertical axis shows
 * @param series at most eight, the first drawn on top
 * @param dots points alone, not joined
 * @param logarithmic whether the points' x are decimal logarithms of what is to be read
 */
public record Chart(String title, String x, String y, List<Series> series, boolean dots, boolean logarithmic) {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int RIGHT = 190;
    private static final int TOP = 40;
    private static final int BOTTOM = 52;
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#999999", "#e69f00", "#56b4e9", "#000000");

    /**
     * Points in the order in which they are joined; what is not finite is left out.
     *
     * @param points shape [n][2]: x, y
     */
    public record Series(String name, List<double[]> points) {}

    /**
     * Writes an SVG, or an HTML page around it if the file's name ends so. @throws UncheckedIOException if it cannot
     */
    public void write(Path file) {
        boolean html = file.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?");
        try {
            Files.writeString(file, html ? Page.of(title, svg()) : svg());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** One SVG element. */
    public String svg() {
        Axis across = Axis.over(series, 0, LEFT, WIDTH - RIGHT);
        Axis up = Axis.over(series, 1, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">\n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        text(svg, LEFT, 22, "start", "16", title);
        axes(svg, across, up);
        for (int i = series.size() - 1; i >= 0; i--) {
            String colour = COLOURS.get(i % COLOURS.size());
            draw(svg, series.get(i), colour, across, up);
            int height = TOP + 10 + 20 * i;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
                    WIDTH - RIGHT + 14,
                    height - 10,
                    colour));
            text(svg, WIDTH - RIGHT + 32, height, "start", "12", series.get(i).name());
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg, Axis across, Axis up) {
        for (double tick : up.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>\n",
                    LEFT,
                    up.place(tick),
                    WIDTH - RIGHT,
                    up.place(tick)));
            text(svg, LEFT - 8, up.place(tick) + 4, "end", "12", up.label(tick));
        }
        for (double tick : across.ticks()) {
            String label = logarithmic ? Axis.power(tick) : across.label(tick);
            text(svg, across.place(tick), HEIGHT - BOTTOM + 18, "middle", "12", label);
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "12", x);
        svg.append(String.format(Locale.ROOT, "<g transform=\"rotate(-90 14 %d)\">", HEIGHT / 2));
        text(svg, 14, HEIGHT / 2.0, "middle", "12", y);
        svg.append("</g>\n");
    }

    private void draw(StringBuilder svg, Series one, String colour, Axis across, Axis up) {
        List<double[]> points = one.points().stream().filter(Axis::isFinite).toList();
        if (dots) {
            points.forEach(point -> svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\" fill-opacity=\"0.7\"/>\n",
                    across.place(point[0]),
                    up.place(point[1]),
                    colour)));
            return;
        }
        svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(colour)
                .append("\" points=\"");
        points.forEach(point ->
                svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", across.place(point[0]), up.place(point[1]))));
        svg.append("\"/>\n");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String size, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%s\" fill=\"#333333\">%s</text>\n",
                x,
                y,
                anchor,
                size,
                Page.escaped(text)));
    }
}
