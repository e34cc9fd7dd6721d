package dev.rollcall.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The source as one reads it by hand, page after page, and what an entry is to hold. Stateless. */
final class People {
    /** What is done with one of them. */
    @FunctionalInterface
    interface Each<E extends Exception> {
        void person(Map<String, String> wanted) throws E;
    }

    private People() {}

    static <E extends Exception> void each(String source, Each<E> each) throws E, IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        String url = source;
        while (!url.isEmpty()) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode page = json.readTree(response.body());
            for (JsonNode user : page.get("data")) {
                each.person(wanted(user));
            }
            url = page.get("next").isNull()
                    ? ""
                    : source + "?cursor=" + page.get("next").asText();
        }
    }

    private static Map<String, String> wanted(JsonNode user) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("employeeNumber", user.get("id").asText());
        wanted.put("uid", user.get("login").asText());
        wanted.put(
                "cn",
                user.get("first_name").asText() + " " + user.get("last_name").asText());
        wanted.put("sn", user.get("last_name").asText());
        wanted.put("givenName", user.get("first_name").asText());
        wanted.put("mail", user.get("email").asText().toLowerCase(Locale.ROOT));
        wanted.put("departmentNumber", user.get("department").asText());
        wanted.put("title", user.get("title").asText());
        wanted.put("telephoneNumber", user.get("phone").asText());
        return wanted;
    }
}
