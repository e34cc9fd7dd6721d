package dev.rollcall.rest.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an application says of its refusal: from JSON by the usual names, from HTML the title, else the text itself.
 * Immutable and thread-safe.
 *
 * @param words on one line, as long as they are; empty if there are none
 * @param body the whole of it, if it is JSON; else absent
 * @param isPage whether it is an HTML page
 */
public record ErrorText(String words, Value body, boolean isPage) {
    private static final int READ = 64 << 10;
    private static final int SHOWN = 300;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final List<Pointer> POINTERS = Stream.of(
                    "/error/message",
                    "/error_description",
                    "/error",
                    "/message",
                    "/detail",
                    "/title",
                    "/errors/0/message",
                    "/errors/0/detail",
                    "/errors/0",
                    "/error_info",
                    "/errorSummary",
                    "/errorMessage",
                    "/error_message",
                    "/error_msg",
                    "/errmsg",
                    "/msg",
                    "/reason",
                    "/fault/faultstring")
            .map(text -> Pointer.of(text))
            .toList();

    /** {@return what was said; nothing if it cannot be read} */
    public static ErrorText of(Response response) {
        try {
            byte[] body = response.body().readNBytes(READ);
            return of(response.mediaType(), BodyText.of(body, response.mediaType(), response.charset()));
        } catch (IOException e) {
            return new ErrorText("", Value.absent(), false);
        }
    }

    /** {@return what a body says} */
    public static ErrorText of(String mediaType, String body) {
        String text = body.trim();
        if (text.startsWith("{") || text.startsWith("[")) {
            return fromJson(text);
        }
        if (isHtml(mediaType, text)) {
            Matcher title = TITLE.matcher(text);
            String words = title.find() ? "an HTML page '" + title.group(1).trim() + "'" : "an HTML page";
            return new ErrorText(oneLine(words), Value.absent(), true);
        }
        return new ErrorText(oneLine(text), Value.absent(), false);
    }

    static boolean isHtml(String mediaType, String text) {
        String start = text.substring(0, Math.min(text.length(), 15)).toLowerCase(java.util.Locale.ROOT);
        return mediaType.contains("html") || start.startsWith("<!doctype html") || start.startsWith("<html");
    }

    private static ErrorText fromJson(String text) {
        try {
            Value root = Value.from(MAPPER.readValue(text, Object.class));
            Value node = root instanceof Value.Items items && !items.items().isEmpty()
                    ? items.items().get(0)
                    : root;
            for (Pointer pointer : POINTERS) {
                Optional<String> found = pointer.in(node).text().filter(words -> !words.isBlank());
                if (found.isPresent()) {
                    return new ErrorText(oneLine(found.get()), root, false);
                }
            }
            Value errors = Pointer.of("/errors").in(node);
            return new ErrorText(errors.isEmpty() ? "" : oneLine(errors.toString()), root, false);
        } catch (JsonProcessingException e) {
            return new ErrorText("a broken JSON text", Value.absent(), false);
        }
    }

    /** {@return a text on one line} */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    }

    /** {@return a line cut to a readable length; credentials are out of it before, since half of one is none that is known} */
    public static String shortened(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
