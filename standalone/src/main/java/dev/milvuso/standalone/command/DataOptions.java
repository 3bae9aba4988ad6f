package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every command takes that reads files of interactions. */
public final class DataOptions {
    @Option(
            names = "--format",
            paramLabel = "ncf|movielens|csv|jsonl|adjacency|parquet",
            converter = FormatName.class,
            description = "of the files; .gz and .zst of text are unpacked; parquet may also be a folder of such files,"
                    + " as Spark writes it")
    private @Nullable DataFormat format;

    @Option(
            names = "--on-error",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            converter = OnErrorName.class,
            description = "what to do about a bad line: stop, or leave it out and count it; default: ${DEFAULT-VALUE}")
    private OnError onError = OnError.FAIL;

    /** @throws ConfigException if it was not given */
    DataFormat format() {
        return given().orElseThrow(() ->
                new ConfigException("--format is missing: must be one of " + String.join(", ", DataFormat.labels())));
    }

    /** For commands that do not always need it. */
    Optional<DataFormat> given() {
        return Optional.ofNullable(format);
    }

    OnError onError() {
        return onError;
    }

    /**
     * The files, a folder's in the order of their names.
     *
     * @throws ConfigException naming one that cannot be read
     */
    List<Path> files(List<Path> named) {
        return named.stream().flatMap(this::files).toList();
    }

    private Stream<Path> files(Path named) {
        if (format == DataFormat.PARQUET && Files.isDirectory(named)) {
            return Input.filesIn(named, ".parquet").stream();
        }
        Input.readable(named);
        return Stream.of(named);
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
