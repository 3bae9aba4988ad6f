package dev.milvuso.standalone.command;

import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every command takes that reads files of interactions. */
public final class DataOptions {
    @Option(
            names = "--format",
            required = true,
            paramLabel = "ncf|movielens|csv|jsonl|adjacency",
            converter = FormatName.class,
            description = "of the files; .gz and .zst are unpacked")
    private DataFormat format = DataFormat.NCF;

    @Option(
            names = "--on-error",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            converter = OnErrorName.class,
            description = "what to do about a bad line: stop, or leave it out and count it; default: ${DEFAULT-VALUE}")
    private OnError onError = OnError.FAIL;

    DataFormat format() {
        return format;
    }

    OnError onError() {
        return onError;
    }

    /** Formats by their names in small letters. */
    static final class FormatName implements ITypeConverter<DataFormat> {
        @Override
        public DataFormat convert(String name) {
            try {
                return DataFormat.named(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** In small letters, as users write it. */
    static final class OnErrorName implements ITypeConverter<OnError> {
        @Override
        public OnError convert(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "fail" -> OnError.FAIL;
                case "skip" -> OnError.SKIP;
                default -> throw new TypeConversionException("must be fail or skip, is '" + name + "'");
            };
        }
    }
}
