package dev.milvuso.trainer.data;

import dev.milvuso.trainer.data.parquet.Cell;
import dev.milvuso.trainer.data.parquet.ParquetTable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of an interaction.
 *
 * @param names of user, item, action type, value and timestamp
 * @param places their numbers among the table's columns; -1 where there is none
 */
record CellFields(List<String> names, int[] places) {
    /** @throws IllegalArgumentException naming the field and what would be right */
    Interaction toInteraction(ParquetTable row) {
        return TextFields.interaction(text(row, 0), text(row, 1), text(row, 2), value(row), millis(row));
    }

    private @Nullable Cell cell(ParquetTable row, int field) {
        Cell cell = places[field] < 0 ? null : row.cell(places[field]);
        if (cell instanceof Cell.Unreadable unreadable) {
            throw new IllegalArgumentException(names.get(field) + " " + unreadable.fault());
        }
        return cell;
    }

    private String text(ParquetTable row, int field) {
        return cell(row, field) instanceof Cell.Text text ? text.text() : "";
    }

    private OptionalDouble value(ParquetTable row) {
        return cell(row, 3) instanceof Cell.Figure figure
                ? OptionalDouble.of(TextFields.value(figure.number()))
                : TextFields.value(text(row, 3));
    }

    private OptionalLong millis(ParquetTable row) {
        Cell cell = cell(row, 4);
        if (cell instanceof Cell.Moment moment) {
            return OptionalLong.of(moment.millis());
        }
        return cell instanceof Cell.Figure figure
                ? OptionalLong.of(TextFields.millis(figure.number(), Double.toString(figure.number())))
                : TextFields.time(text(row, 4));
    }
}
