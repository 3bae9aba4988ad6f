package dev.milvuso.trainer.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChartTest {
    private static Chart chart(boolean dots, double[]... points) {
        return new Chart("a < b & c", "x", "y", List.of(new Chart.Series("one", List.of(points))), dots, false);
    }

    @Test
    void axesReachToRoundNumbersAroundThePoints() {
        Axis axis = Axis.over(
                chart(false, new double[] {3, 0.12}, new double[] {97, 0.48}).series(), 1, 100, 0);
        // Steps of 0.1: a fifth of the range is 0.072.
        assertThat(axis.least()).isCloseTo(0.1, within(1e-12));
        assertThat(axis.most()).isCloseTo(0.5, within(1e-12));
        assertThat(axis.place(0.1)).isCloseTo(100, within(1e-9));
        assertThat(axis.place(0.3)).isCloseTo(50, within(1e-9));
        assertThat(axis.ticks()).hasSize(5);
        assertThat(axis.label(axis.ticks()[1])).isEqualTo("0.2");
        assertThat(new Axis(0, 100_000, 20_000, 0, 1).label(20_000)).isEqualTo("20,000");
        assertThat(new Axis(0.04, 0.06, 0.005, 0, 1).label(0.045)).isEqualTo("0.045");
    }

    @Test
    void logarithmsAreReadAsWhatTheyAreOf() {
        assertThat(Axis.power(-2)).isEqualTo("0.01");
        assertThat(Axis.power(-1.5)).isEqualTo("0.032");
        assertThat(Axis.power(2)).isEqualTo("100");
        Chart.Series series = new Chart.Series("one", List.of(new double[] {-3, 0}, new double[] {-1, 1}));
        assertThat(new Chart("t", "x", "y", List.of(series), true, true).svg()).contains(">0.001<", ">0.1<");
    }

    @Test
    void linesJoinPointsAndDotsDoNot() {
        assertThat(chart(false, new double[] {0, 0}, new double[] {1, 1}).svg())
                .contains("points=\"64.0,368.0 670.0,40.0 \"")
                .doesNotContain("<circle");
        assertThat(chart(true, new double[] {0, 0}, new double[] {1, 1}).svg())
                .contains("<circle cx=\"64.0\" cy=\"368.0\"", "<circle cx=\"670.0\" cy=\"40.0\"")
                .doesNotContain("<polyline");
    }

    @Test
    void whatIsNotFiniteIsLeftOutAndTextIsEscaped() {
        assertThat(chart(false, new double[] {0, Double.NaN}, new double[] {0, 2})
                        .svg())
                .contains("a &lt; b &amp; c")
                .doesNotContain("NaN");
        assertThat(chart(false).svg()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void aFileNamedHtmlIsAPage(@TempDir Path directory) throws IOException {
        chart(false).write(directory.resolve("chart.html"));
        chart(false).write(directory.resolve("chart.svg"));
        assertThat(Files.readString(directory.resolve("chart.html"))).startsWith("<!doctype html>");
        assertThat(Files.readString(directory.resolve("chart.svg"))).startsWith("<svg ");
    }
}
